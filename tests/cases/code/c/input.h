/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _RING_H
#define _RING_H

/*
 * input.h - a ring of bytes
 *
 * Copyright (C) 2001 Somebody Else
 */
#include <stddef.h>

/** How many bytes there are: never more than its size. */
size_t ring_length(const struct ring *ring);

#endif
