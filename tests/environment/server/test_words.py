from lite_site.environment.server.differences import Difference
from lite_site.environment.server.words import text_of


def test_each_difference_says_what_it_means_in_both_languages() -> None:
    version = text_of(Difference("scipy", "1.18.0", "1.17.1", "version"))
    assert version.in_language("en").startswith("scipy is version 1.18.0 in the browser and 1.17.1 on the cluster")
    assert version.in_language("fr").startswith("scipy est en version 1.18.0 dans le navigateur et 1.17.1 sur le")
    browser_only = text_of(Difference("pyodide-http", "0.2", None, "browser-only"))
    assert "Le cluster n’a pas pyodide-http" in browser_only.in_language("fr")
    server_only = text_of(Difference("torch", None, "2.15", "server-only"))
    assert "The browser doesn’t have torch" in server_only.in_language("en")
