"""A test that opens a connection to another machine fails, whatever library it uses to do so."""

import socket

import pytest
from tests.conftest import OutsideConnectionRefused

ELSEWHERE = "192.0.2.1"  # an address kept for documentation: no machine has it


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as connection, pytest.raises(OutsideConnectionRefused, match=ELSEWHERE):
        connection.connect((ELSEWHERE, 80))


def test_looking_up_another_machine_is_refused():
    with pytest.raises(OutsideConnectionRefused, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()
