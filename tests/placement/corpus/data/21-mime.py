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
# # Afficher soi-même

# %%
from IPython.display import display

display({"text/html": "<b>gras</b>", "text/plain": "gras"}, raw=True)

# %%
modele = "{annee}/{mois}/{jour}"
modele.format(annee=2024, mois=5, jour=17), "km/h", "application/json"
