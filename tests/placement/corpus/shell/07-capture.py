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
# # Compter les fichiers

# %%
# fichiers = !ls
len(fichiers) > 0

# %%
[nom for nom in fichiers if nom.endswith(".csv")]
