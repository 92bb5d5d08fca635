# SPDX-License-Identifier: GPL-2.0-only
# Sphinx configuration. scripts/htmldocs runs it; $KERNEL_SOURCE has the kernel's kerneldoc.

import os
import sys
import warnings

kernel = os.environ["KERNEL_SOURCE"]
kernel_tools = os.path.join(kernel, "scripts")
kernel_documents = os.path.join(kernel, "Documentation")
top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Leave nothing in the kernel source, which other builds share.
sys.dont_write_bytecode = True
# Hide what a newer Sphinx deprecates in that source.
warnings.filterwarnings("ignore", module="kerneldoc")
sys.path.insert(0, os.path.join(kernel_documents, "sphinx"))

project = "vpmem"
copyright = "the vpmem authors, GPL-2.0-only"
extensions = ["kerneldoc"]
kerneldoc_bin = os.path.join(kernel_tools, "kernel-doc")
kerneldoc_srctree = top
# Treat what kernel-doc prints as a warning of scripts/lint, not of Sphinx.
kerneldoc_verbosity = 0

root_doc = "index"
language = "en"
primary_domain = "c"
highlight_language = "none"
# Print options and quotes as they are typed.
smartquotes = False
c_id_attributes = ["__iomem", "__user"]

html_title = "vpmem"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"page_width": "1100px", "sidebar_width": "240px"}
