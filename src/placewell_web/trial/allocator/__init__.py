"""The allocator as the site reaches it: one narrow interface, in this process for the demo, else behind a socket."""
