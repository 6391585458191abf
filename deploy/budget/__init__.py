"""What a deployment costs a month: quantities from its templates, prices from a file that says where each is from."""
