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
# # Que contient le dossier ?

# %%
# !ls

# %%
# !head -n 3 especes.csv

# %%
import csv
with open("especes.csv", encoding="utf-8") as fichier:
    lignes = list(csv.DictReader(fichier))
len(lignes)
