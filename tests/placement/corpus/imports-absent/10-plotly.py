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
# # An interactive figure

# %%
import plotly.express as px

# %%
px.scatter(x=[1, 2, 3], y=[4, 1, 5])
