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
# # Empreintes de mots de passe

# %%
from getpass import getpass
import hashlib

secret = getpass("Mot de passe inventé : ")

# %%
hashlib.sha256(secret.encode()).hexdigest()[:16]
