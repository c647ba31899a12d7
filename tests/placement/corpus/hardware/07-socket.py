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
# # Un client qui parle HTTP à la main

# %%
import socket

with socket.create_connection(("example.org", 80), timeout=5) as prise:
    prise.sendall(b"GET / HTTP/1.0\r\nHost: example.org\r\n\r\n")
    print(prise.recv(200).decode())

# %%
print("réponse reçue")
