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
# # Longueurs de séquences

# %%
from Bio import SeqIO
import matplotlib.pyplot as plt

# %%
longueurs = {r.id: len(r) for r in SeqIO.parse("seqs.fa", "fasta")}
plt.bar(longueurs.keys(), longueurs.values());
