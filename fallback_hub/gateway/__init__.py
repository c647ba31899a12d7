"""The gateway: the small service beside the hub that the site's pages talk to."""
