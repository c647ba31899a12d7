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
# # Which page matters?

# %%
import networkx as nx

web = nx.DiGraph([("home", "news"), ("news", "home"), ("about", "home"), ("news", "about")])

# %%
ranks = nx.pagerank(web)
max(ranks, key=ranks.get)
