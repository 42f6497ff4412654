/*
 * Licensed to the Apache Software Foundation (ASF) under one or more
 * contributor license agreements.  See the NOTICE file distributed with
 * this work for additional information regarding copyright ownership.
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 */
package org.example.queue;

import java.util.List;

/**
 * Keeps messages in the order of a {@link Comparator}. Not safe
 * for many threads.
 *
 * @author Somebody
 * @since 1.2
 */
public final class Queue {
    private final List<String> all;
}
