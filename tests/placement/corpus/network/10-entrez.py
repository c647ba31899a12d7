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
# # Chercher dans GenBank

# %%
from Bio import Entrez, SeqIO

Entrez.email = "prof@lycee.example"
reponse = Entrez.efetch(db="nucleotide", id="NC_001416", rettype="gb", retmode="text")

# %%
virus = SeqIO.read(reponse, "genbank")
len(virus)
