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
# # Séparer un jeu de données, à l’ancienne

# %%
from sklearn.cross_validation import train_test_split
from sklearn.datasets import load_iris

# %%
fleurs = load_iris()
a, b = train_test_split(fleurs.data, test_size=0.25, random_state=0)
print(a.shape, b.shape)
