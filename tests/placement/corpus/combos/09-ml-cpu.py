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
# # Principal components of digits

# %%
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# %%
digits = load_digits()
points = make_pipeline(StandardScaler(), PCA(2)).fit_transform(digits.data)

# %%
plt.scatter(*points.T, c=digits.target, s=4, cmap="tab10");
