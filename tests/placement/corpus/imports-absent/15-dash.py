# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Un tableau de bord

# %%
from dash import Dash, html

# %%
application = Dash("notes")
application.layout = html.H1("Notes de la classe")
