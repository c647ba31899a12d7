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
# # Save arrays

# %%
import numpy as np

np.save("grid", np.arange(12).reshape(3, 4))
np.savez("two.npz", a=np.ones(3), b=np.zeros(2))

# %%
np.load("grid.npy").sum() + np.load("two.npz")["a"].sum()
