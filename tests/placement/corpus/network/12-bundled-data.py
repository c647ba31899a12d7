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
# # Diabète

# %%
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

# %%
X, y = load_diabetes(return_X_y=True)
round(LinearRegression().fit(X, y).score(X, y), 3)
