"""What an attacker would try, one module a kind; SECURITY.md names the test beside each threat."""
