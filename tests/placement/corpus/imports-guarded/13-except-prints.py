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
# # Phylogénie, si ete3 est installé

# %%
try:
    from ete3 import Tree
    ETE = True
except Exception as erreur:
    print("ete3 n'est pas installé :", erreur)
    ETE = False

# %%
newick = "((chat,chien),baleine);"
if ETE:
    Tree(newick).show()
else:
    print(newick.count("("), "nœuds internes")
