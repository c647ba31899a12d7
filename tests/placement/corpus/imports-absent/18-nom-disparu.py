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
# # L’aire sous une courbe

# %%
import numpy as np
from scipy.integrate import simps

# %%
x = np.linspace(0, np.pi, 101)
print(simps(np.sin(x), x=x))
