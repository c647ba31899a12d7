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
# # Pendulum

# %%
import numpy as np
angles = np.linspace(0, 3, 1000)

# %%
np.sin(angles).sum().round(3)
