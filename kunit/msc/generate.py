# SPDX-License-Identifier: GPL-2.0-only
"""Valid C at random, of the kinds that a rewrite of text could take for something else:
casts beside increments, conditions and statements without braces; members and elements;
names and strings that look like Windows."""

import random
import re

TYPES = {"UCHAR": "unsigned char", "CHAR": "signed char", "USHORT": "unsigned short",
         "SHORT": "short", "ULONG": "unsigned @L", "LONG": "@L", "ULONGLONG": "unsigned long long"}
HEAD = """int printf(const char *, ...);
%(typedefs)s
enum kind { KIND_A, KIND_B = 5, KIND_C };
typedef struct inner { UCHAR a, b[4]; USHORT c; LONG d; ULONG bits : 5; } INNER, *PINNER;
typedef struct outer { INNER in; PINNER at; ULONG e[4]; enum kind kind; struct outer *next; } OUTER;
typedef struct table { USHORT n; UCHAR Table[1]; } TABLE;
static ULONG state = %(seed)du, try, finally;
static UCHAR bytes[64];
static struct { UCHAR a, b; USHORT c, d; UCHAR e[4]; } zero = { 0, 1, 0, 5, { 0, 7, 0, 9 } };
static void mix(ULONGLONG v) { state = (state ^ (ULONG)v) * 16777619u + 1; }
static ULONG twice(ULONG n) { return n * 2; }
static ULONG (*routine)(ULONG) = twice;
static TABLE *table(void) { return (TABLE *)bytes; }
"""
# What may be in the place of each letter in brackets. [e] is an expression, [o] what can
# stand behind a cast, [l] what can be changed, [c] a change, [i] an index, [t] a type.
GRAMMAR = {
    "l": ("x", "y", "n", "try", "finally", "leave", "u.in.a", "u.in.c", "u.in.d", "u.in.bits",
          "p->in.a", "p->in.c", "p->in.d", "p->next->in.a", "p->at->d", "p->at->c",
          "(*p).in.c", "(p)->in.a", "u.in.b[[i]]", "u.e[[i]]", "p->in.b[[i]]", "p->e[[i]]",
          "p->at->b[[i]]", "(p->next)->e[[i]]", "words[[i]]"),
    # What is 0, and has something else behind it.
    "z": ("zero.a", "zero.c", "zero.e[0]", "zero.e[2]", "(&zero)->a", "zero.e[[i] & 2]"),
    "m": ("u.in.a", "p->in.b[2]", "bytes[7]"),
    "n": ("[d]", "[d]u", "0x1[d]", "[d]@l", "[d]@ul", "[d]ULL"),
    "d": ("0", "1", "3", "7", "100", "255", "65535"),
    "i": ("[e] & 3",),
    "t": tuple(TYPES),
    "o": ("[l]", "[l]", "[n]", "([e])", "twice([e])", "(routine)([e])", "table()->Table[[i]]",
          "t->Table[[i]]", "(UCHAR)(t)->Table[[i]]", "(*t).Table[t->Table[[i]] & 3]",
          "t->Table[3]", "KIND_A", "KIND_B", "sizeof(@L)", "sizeof(ULONG) + [n]"),
    "e": ("[l]", "[n]", "[o]", "([t])[o]", "([t])[o] + [o]", "([t])[o] - [o]", "([t])[o] * [o]",
          "([t])[o] & [o]", "([t])-[o]", "([t])~[o]", "([t])([t])[o]", "(([t])[o])",
          "([t])[o] < [o]", "([t])[o] == [o]", "([t])[o] && [o]", "([t])[o] || [o]",
          "([t])*&[m]", "*(UCHAR *)&words[[i]]", "([o] ? ([t])[o] : ([t])[o])",
          "([o]) + ([t])(([o]) >> 3)", "-([t])[o] - -([t])[o]", "(++x, ([t])[o])",
          "(--y, ([t])[o])", "([t])x++", "([t])n-- + ([t])1"),
    "c": ("++[l]", "--[l]", "[l]++", "[l]--", "[l] = [e]", "[l] += [e]", "[l] ^= [e]",
          "([l])++", "++([l])", "*&words[1] += (UCHAR)[n]", "t->Table[[i]] = [e]",
          "t->Table[[i]] += [e]", "((PINNER)p->at)->d++", "--((PINNER)p->at)->c",
          "((UCHAR *)words)[[i]]++", "(*(UCHAR *)&words[2])--"),
    "s": ("[c];", "[c];", "if (([t])[z]) ++[l];", "if (([t])[z]) --[l]; else [c];",
          "x += ([t])[z] ? 3 : ([t])[o];", "if (([t])[o]) [c];", "if (([t])[o]) [c]; else [c];",
          "for (i = 0; (([t])[o]) && i < 3; i++) [c];",
          "for (i = 0; i < 3; ++i, ([t])[o]) { [c]; }",
          "i = 3; while (([t])i) { --i; [c]; }", "i = 2; while (i--) --y;",
          "i = 0; do [c]; while (([t])[o] == 1 && i++ < 3);",
          "switch (([t])[o]) { case 1: [c]; break; default: ++n; }",
          "x = ([t])[o], [c];", "([t])[o]; [c];", "mix(([t])[o]); ++y;",
          'name = "((UCHAR *)p)++ , ) 10L [d]"; mix(name[3]);',
          "name = __FUNCTION__; mix(name[1] + sizeof(__FUNCTION__));",
          "goto leave; leave: --leave;", "{ register ULONG r = x; r += (ULONG)y; mix(r); }"),
}
# Where it has gone deep enough.
SHORT = {"e": ("[n]", "x", "y"), "o": ("[n]", "x", "p->in.a"), "l": ("x", "u.in.d", "p->in.c"),
         "i": ("x & 3", "1")}
PLACE = re.compile(r"\[([a-z])\]")


class Program:
    """One source."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed

    def expand(self, text, depth):
        rules = {**GRAMMAR, **SHORT} if depth <= 0 else GRAMMAR
        return PLACE.sub(lambda m: self.expand(self.random.choice(rules[m[1]]), depth - 1), text)

    def function(self, number):
        out = [f"static void routine{number}(OUTER *p, TABLE *t)", "{",
               "    OUTER u = *p;", "    ULONG words[4] = { 1, 2, 3, 4 }, leave = 7;",
               '    ULONG x = 1, y = 2; LONG n = 3; int i = 0; const char *name = "";', ""]
        for label in range(25):
            text = self.expand("[s]", 5)
            out.append("    " + text.replace("goto leave; leave:",
                                             f"goto leave{label}; leave{label}:"))
        out += ["    mix(x); mix(y); mix(n); mix(leave); mix(i); mix(name != 0);",
                "    for (i = 0; i < 4; i++) { mix(words[i]); mix(u.e[i]); mix(p->in.b[i]); }",
                "    mix(u.in.d); mix(p->in.c); mix(p->at->d); mix(try); mix(finally);", "}", ""]
        return "\n".join(out)

    def text(self, long_, suffix):
        """With "long" and "L", or with "int" and "" in their places."""
        self.random.seed(self.seed)
        typedefs = "\n".join(f"typedef {kind} {name};" for name, kind in TYPES.items())
        functions = [self.function(number) for number in range(6)]
        calls = "\n".join(f"    routine{number}(&o[{number % 2}], (TABLE *)bytes);\n"
                          f'    printf("%u\\n", (unsigned int)state);' for number in range(6))
        out = HEAD % {"typedefs": typedefs, "seed": self.seed % 1000003} + "\n".join(functions) + f"""
int main(void)
{{
    static INNER in;
    static OUTER o[2];

    o[0].next = &o[1];
    o[1].next = &o[0];
    o[0].at = o[1].at = &in;
{calls}
    return 0;
}}
"""
        return out.replace("@L", long_).replace("@ul", "u" + suffix).replace("@l", suffix)
