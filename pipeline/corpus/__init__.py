"""Where documents come from: the manifest, the folder, what is fetched and watched."""
