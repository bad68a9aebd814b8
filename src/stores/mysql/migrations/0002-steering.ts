import type { Migration } from './migration.js';

/**
 * What operators steer with: keys by which files name events, limits for all events, allow lists, and who ended an order, when
 * and why. Every column can be empty, so services of the version before still work while an upgrade is under way.
 */
export const steering: Migration = {
  name: '0002-steering',
  up: [
    `ALTER TABLE sale_events
       ADD COLUMN event_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
       ADD UNIQUE KEY sale_events_event_key (event_key)`,
    `UPDATE sale_events
        SET event_key = CONCAT('event-', REPLACE(UUID(), '-', ''))
      WHERE deleted_at IS NULL`,
    `ALTER TABLE orders
       ADD COLUMN published_at DATETIME(3) NULL,
       ADD COLUMN ended_by VARCHAR(64) NULL,
       ADD COLUMN end_reason VARCHAR(255) NULL,
       ADD COLUMN units_returned_at DATETIME(3) NULL`,
    `ALTER TABLE users
       ADD COLUMN blocked_by VARCHAR(64) NULL,
       ADD COLUMN blocked_reason VARCHAR(255) NULL`,
    `ALTER TABLE admins
       ADD COLUMN password_changed_at DATETIME(3) NULL`,
    `CREATE TABLE allow_list (
      event_id BIGINT UNSIGNED NOT NULL,
      user_id BIGINT UNSIGNED NOT NULL,
      created_by VARCHAR(64) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (event_id, user_id),
      CONSTRAINT allow_list_event FOREIGN KEY (event_id) REFERENCES sale_events (id),
      CONSTRAINT allow_list_user FOREIGN KEY (user_id) REFERENCES users (id)
    )`,
    `CREATE TABLE live_limits (
      name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      value DOUBLE NOT NULL,
      changed_by VARCHAR(64) NOT NULL,
      changed_at DATETIME(3) NOT NULL
    )`,
  ],
};
