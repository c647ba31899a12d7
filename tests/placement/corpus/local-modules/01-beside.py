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
# # Une boîte à outils à côté

# %%
from outils import moyenne_mobile

# %%
moyenne_mobile([3, 5, 8, 4, 6, 9, 12], 3)
