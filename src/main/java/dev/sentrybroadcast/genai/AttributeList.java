package dev.sentrybroadcast.genai;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A span's attributes in the order in which they were put, and about how many bytes they take. The
 * SDK's own sort the names of each span anew, which for a small record costs as much as to read it.
 */
final class AttributeList implements Attributes {

  /** Tags and lengths of a key, a value and what holds both. */
  private static final int OVERHEAD_BYTES = 20;

  private static final int NUMBER_BYTES = 9;

  private final AttributeKey<?>[] keys;
  private final Object[] values;
  private final int bytes;

  private AttributeList(AttributeKey<?>[] keys, Object[] values, int bytes) {
    this.keys = keys;
    this.values = values;
    this.bytes = bytes;
  }

  /** Of protobuf, on the safe side. */
  int bytes() {
    return bytes;
  }

  @Override
  @SuppressWarnings("unchecked") // a key's type is its value's, by put
  public <T> @Nullable T get(AttributeKey<T> key) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return (T) values[i];
      }
    }
    return null;
  }

  @Override
  public void forEach(BiConsumer<? super AttributeKey<?>, ? super Object> consumer) {
    for (int i = 0; i < keys.length; i++) {
      consumer.accept(keys[i], values[i]);
    }
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public boolean isEmpty() {
    return keys.length == 0;
  }

  @Override
  public Map<AttributeKey<?>, Object> asMap() {
    Map<AttributeKey<?>, Object> map = LinkedHashMap.newLinkedHashMap(keys.length);
    forEach(map::put);
    return map;
  }

  @Override
  public AttributesBuilder toBuilder() {
    AttributesBuilder builder = Attributes.builder();
    return builder.putAll(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeList list
        && Arrays.equals(keys, list.keys)
        && Arrays.equals(values, list.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
  }

  /** Values may be content. */
  @Override
  public String toString() {
    return "AttributeList[" + keys.length + ", withheld]";
  }

  /** Collects attributes. Where a name is put twice, {@link #buildDistinct} keeps the last. */
  static final class Builder {

    private AttributeKey<?>[] keys;
    private Object[] values;
    private int size;
    private int bytes;

    Builder() {
      keys = new AttributeKey<?>[16];
      values = new Object[16];
    }

    /** With room for so many more than those that are there. */
    Builder(AttributeList first, int more) {
      size = first.keys.length;
      keys = Arrays.copyOf(first.keys, size + more);
      values = Arrays.copyOf(first.values, size + more);
      bytes = first.bytes;
    }

    Builder put(AttributeKey<String> key, String value) {
      return put(key, value, Utf8.bytes(value));
    }

    /** With its size in UTF-8, where that is known. */
    Builder put(AttributeKey<String> key, String value, int valueBytes) {
      add(key, value, valueBytes);
      return this;
    }

    Builder put(AttributeKey<Long> key, Long value) {
      add(key, value, NUMBER_BYTES);
      return this;
    }

    Builder put(AttributeKey<Double> key, Double value) {
      add(key, value, NUMBER_BYTES);
      return this;
    }

    Builder put(AttributeKey<Boolean> key, Boolean value) {
      add(key, value, NUMBER_BYTES);
      return this;
    }

    Builder putAll(AttributeList more) {
      int together = size + more.keys.length;
      if (together > keys.length) {
        keys = Arrays.copyOf(keys, together);
        values = Arrays.copyOf(values, together);
      }
      System.arraycopy(more.keys, 0, keys, size, more.keys.length);
      System.arraycopy(more.values, 0, values, size, more.keys.length);
      size = together;
      bytes += more.bytes;
      return this;
    }

    /** Of protobuf, on the safe side, as far as it is. */
    int bytes() {
      return bytes;
    }

    /** In the place of what is there under this key. */
    Builder replace(AttributeKey<Long> key, Long value) {
      for (int i = 0; i < size; i++) {
        if (keys[i].equals(key)) {
          values[i] = value;
          return this;
        }
      }
      return put(key, value);
    }

    private void add(AttributeKey<?> key, Object value, int valueBytes) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size + 8);
        values = Arrays.copyOf(values, keys.length);
      }
      keys[size] = key;
      values[size++] = value;
      // A producer's name may be longer in UTF-8; the overhead has room for some of that.
      bytes += OVERHEAD_BYTES + key.getKey().length() + valueBytes;
    }

    /** For names that are known to differ. */
    AttributeList build() {
      return new AttributeList(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), bytes);
    }

    AttributeList buildDistinct() {
      Map<String, Integer> places = LinkedHashMap.newLinkedHashMap(size);
      for (int i = 0; i < size; i++) {
        places.put(keys[i].getKey(), i);
      }
      if (places.size() == size) {
        return build();
      }
      AttributeKey<?>[] lastKeys = new AttributeKey<?>[places.size()];
      Object[] lastValues = new Object[places.size()];
      int count = 0;
      for (int place : places.values()) {
        lastKeys[count] = keys[place];
        lastValues[count++] = values[place];
      }
      return new AttributeList(lastKeys, lastValues, bytes);
    }
  }
}
