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
# # Installer les dépendances

# %%
# !pip install -r requirements.txt

# %%
import pandas as pd
pd.read_csv("especes.csv").shape
