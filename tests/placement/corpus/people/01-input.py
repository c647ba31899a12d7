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
# # Bonjour !

# %%
prenom = input("Comment t'appelles-tu ? ")
age = int(input("Quel âge as-tu ? "))

# %%
print(f"Bonjour {prenom}, tu auras {age + 1} ans.")
