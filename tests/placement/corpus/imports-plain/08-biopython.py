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
# # Traduire un gène

# %%
from Bio.Seq import Seq
from Bio.SeqUtils import gc_fraction

# %%
gene = Seq("ATGGCCATTGTAATGGGCCGCTGAAAGGGTGCCCGATAG")
gene.translate(to_stop=True), round(gc_fraction(gene), 2)
