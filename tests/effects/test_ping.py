import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from capa_xl.effects.ping import FAIL, FINISH, START, ping


@pytest.fixture
def page():
    heard = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(500 if "broken" in self.path else 200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def test_start_finish_and_fail_are_heard(page):
    url, heard = page
    assert [ping(f"{url}/capa/", event) for event in (START, FINISH, FAIL)] == ["", "", ""]
    assert heard == ["/capa/start", "/capa", "/capa/fail"]


def test_a_page_in_trouble_is_only_a_warning(page):
    assert "不影响" in ping(f"{page[0]}/broken", START)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[", "file:///etc/passwd"])
def test_a_page_that_is_not_there_is_only_a_warning(url):
    assert "→" in ping(url, FINISH)
