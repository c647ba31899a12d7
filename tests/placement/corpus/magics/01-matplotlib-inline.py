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
# # Température de l'eau

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
import numpy as np

# %%
jours = np.arange(30)
plt.plot(jours, 14 + 2 * np.sin(jours / 5));
