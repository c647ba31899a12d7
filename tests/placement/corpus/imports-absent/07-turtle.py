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
# # La tortue dessine un carré

# %%
from turtle import *

# %%
for i in range(4):
    forward(100)
    left(90)

# %%
done()
