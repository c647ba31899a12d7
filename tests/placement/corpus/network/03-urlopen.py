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
# # Compter les mots d'un roman

# %%
from urllib.request import urlopen

with urlopen("https://www.gutenberg.org/files/13951/13951-0.txt") as page:
    texte = page.read().decode("utf-8")

# %%
len(texte.split())
