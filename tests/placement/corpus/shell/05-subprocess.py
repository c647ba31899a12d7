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
# # Aligner deux séquences

# %%
import subprocess

subprocess.run(["muscle", "-in", "seqs.fa", "-out", "seqs.aln"], check=True)

# %%
print(open("seqs.aln").read()[:200])
