"""The review of pairs: two pictures held against each other in several ways, and a key for every verdict."""
