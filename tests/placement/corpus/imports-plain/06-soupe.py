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
# # Lire une page web comme un arbre

# %%
from bs4 import BeautifulSoup

page = """<html><body><h1>Marées</h1>
<table><tr><td>Brest</td><td>7,1 m</td></tr><tr><td>Saint-Malo</td><td>12,3 m</td></tr></table>
<a href="https://maree.info/">source</a></body></html>"""

# %%
soupe = BeautifulSoup(page, "html.parser")
for ligne in soupe.find_all("tr"):
    print([case.text for case in ligne.find_all("td")])
