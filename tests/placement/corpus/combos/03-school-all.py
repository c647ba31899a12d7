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
# # Le poids des cartables

# %%
# %matplotlib inline
import csv
import matplotlib.pyplot as plt

# %%
seuil = input("Seuil en kg ? ")
seuil = float(seuil) if seuil else 5.0

# %%
with open("cartables.csv", encoding="utf-8") as f:
    masses = [float(ligne["masse"]) for ligne in csv.DictReader(f)]

# %%
plt.hist(masses)
plt.axvline(seuil, color="red")
plt.savefig("histogramme.png")

# %%
sum(m > seuil for m in masses)
