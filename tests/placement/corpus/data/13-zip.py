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
# # Ouvrir une archive

# %%
import zipfile
import pandas as pd

# %%
with zipfile.ZipFile("data/archive.zip") as archive:
    print(archive.namelist())
    with archive.open("stations.csv") as membre:
        stations = pd.read_csv(membre)
stations
