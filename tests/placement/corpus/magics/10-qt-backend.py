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
# # A figure in its own window

# %%
# %matplotlib qt
import matplotlib.pyplot as plt

# %%
plt.plot([0, 1], [1, 0]);
