__import__("passerelle_browser")
