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
# # Anatomie d'une adresse

# %%
from urllib.parse import parse_qs, urlsplit

adresse = urlsplit("https://example.org/recherche?q=algue&page=2#haut")

# %%
adresse.netloc, parse_qs(adresse.query)
