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
# # Tracer une parabole

# %%
import sympy as sp

x = sp.symbols("x")

# %%
sp.plot(x**2 - 3 * x + 1, (x, -1, 4));
