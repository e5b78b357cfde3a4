"""Who may do what: officials ask, staff change what is answered."""
