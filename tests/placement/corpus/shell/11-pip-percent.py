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
# # Préparation

# %%
# %pip install sympy==1.12

# %%
from sympy import factor, symbols
x = symbols("x")
factor(x**2 - 5 * x + 6)
