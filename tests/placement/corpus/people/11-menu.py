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
# # Un menu

# %%
def menu():
    while True:
        choix = input("1 : jouer, 2 : quitter ")
        if choix == "2":
            return


# %%
menu.__name__
