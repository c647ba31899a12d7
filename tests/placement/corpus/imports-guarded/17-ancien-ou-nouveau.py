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
# # Une intégrale, quel que soit l’âge de SciPy

# %%
import numpy as np

try:
    from scipy.integrate import simps
except ImportError:
    from scipy.integrate import simpson as simps

# %%
x = np.linspace(0, np.pi, 101)
print(round(float(simps(np.sin(x), x=x)), 3))
