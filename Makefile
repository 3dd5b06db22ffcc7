# orgdraft: make, make test, make install. Settings may be given on the command line.
CC       ?= cc
PREFIX   ?= /usr/local
DESTDIR  ?=
BUILD    ?= build
OPT      ?= -O2 -g
WARN     := -Wall -Wextra -Wconversion -Werror
HARDEN   := -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2
SANITIZE ?=

PACKAGES := libcmark-gfm yaml-0.1 yajl libutf8proc
CPPFLAGS += -Iinclude -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PACKAGES))
CFLAGS   += -std=c11 $(OPT) $(WARN) $(HARDEN) $(SANITIZE)
ARCHIVES := $(shell pkg-config --variable=libdir libcmark-gfm)
LIBS     := $(addprefix $(ARCHIVES)/,libcmark-gfm-extensions.a libcmark-gfm.a libyaml.a libyajl_s.a libutf8proc.a)
LDFLAGS  += -pie -Wl,-z,relro,-z,now

LIB_SRC  := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SRC  := $(wildcard src/cli/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(BUILD)/%.o)

all: $(BUILD)/orgdraft

$(BUILD)/orgdraft: $(CLI_OBJ) $(BUILD)/liborgdraft.a
	$(CC) $(LDFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

$(BUILD)/liborgdraft.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/liborgdraft.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(SANITIZE) -o $@ $^ $(LIBS) -lcmocka

check-unit: $(UNIT)
	@set -e; for test in $(UNIT); do $$test; done

clean:
	rm -rf $(BUILD)

.PHONY: all check-unit clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)
