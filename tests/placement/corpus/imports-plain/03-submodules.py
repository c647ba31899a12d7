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
# # Ajuster une courbe

# %%
import scipy.optimize as opt
import matplotlib.pyplot
from numpy.random import default_rng

# %%
rng = default_rng(42)
t = [0.5 * k for k in range(20)]
y = [3.0 * 0.8**k + 0.05 * rng.normal() for k in t]


# %%
def modele(t, a, b):
    return a * b**t

parametres, covariance = opt.curve_fit(lambda t, a, b: [modele(u, a, b) for u in t], t, y, p0=(1, 0.5))
parametres

# %%
matplotlib.pyplot.scatter(t, y);
