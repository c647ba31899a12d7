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
# # Matrices

# %%
import numpy as np
np.linalg.inv(np.array([[2.0, 1.0], [1.0, 1.0]]))
