"""What a synthesised deployment must hold: each check reads plain templates and names what is wrong."""
