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
# # Keep a figure

# %%
import matplotlib.pyplot as plt

plt.plot([1, 3, 2])
plt.savefig("curve.png", dpi=80)

# %%
from IPython.display import Image
Image(filename="curve.png")
