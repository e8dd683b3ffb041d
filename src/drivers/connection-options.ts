/**
 * What a line of each protocol is configured with, and what it must know of each device: the shapes that configuration
 * makes and drivers take. Plain data, so that two configurations can be compared. It must never hold behaviour.
 */

/** How a Modbus line reaches its units. */
export type ModbusOptions =
  | {
      readonly protocol: 'modbus-tcp' | 'modbus-rtu-over-tcp';
      readonly host: string;
      readonly port: number;
      /** Bounds one answer. Default 500. */
      readonly timeoutMs?: number;
    }
  | {
      readonly protocol: 'modbus-rtu';
      readonly path: string;
      /** Default 9600 8N1. */
      readonly baudRate?: number;
      readonly parity?: 'none' | 'even' | 'odd';
      readonly dataBits?: 7 | 8;
      readonly stopBits?: 1 | 2;
      /** Bounds one answer. Default 500. */
      readonly timeoutMs?: number;
    };
export interface ModbusUnit {
  readonly unit: number;
}

/** The embedded broker. */
export interface BrokerOptions {
  readonly protocol: 'mqtt-broker';
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PEM files. With them the broker also listens for TLS on `tlsPort`. `mark` changes with what stands in them. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly mark?: string };
  /** Default 8883. */
  readonly tlsPort?: number;
  /** Larger packets close the connection before they are read. Default 65 536. */
  readonly maxPacketBytes?: number;
  /** Default 2 000. */
  readonly maxClients?: number;
  /** For device times without an offset: local time minus UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
}

/** A broker somewhere else. */
export interface MqttClientOptions {
  readonly protocol: 'mqtt-client';
  /** mqtt://host:1883 or mqtts://host:8883 */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Must be this gateway's own; the broker keeps its sessions under it. Connections get `-1`, `-2` … behind it. */
  readonly clientId: string;
  /** Default 4. With another number, what the broker kept for connections that are no more is not fetched. */
  readonly connections?: number;
  /** Shared subscriptions in place of a connection for each part of the devices. Default false. */
  readonly shared?: boolean;
  /** PEM file of the authority that signed the broker's certificate. */
  readonly ca?: string;
  /** Larger messages are dropped. Default 65 536. */
  readonly maxPacketBytes?: number;
  /** For device times without an offset: local time minus UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
}
export interface MqttDevice {
  /** What its topics start with. Default `gatehouse/<device id>`. */
  readonly topic?: string;
  /** Which channel of a sender that tells of several devices. */
  readonly channel?: number | string;
  /** Embedded broker only: the device logs in with its id and this. Without one it may not log in. */
  readonly password?: string;
}

/** One camera, or a recorder with its channels. */
export interface OnvifOptions {
  readonly protocol: 'onvif';
  /** URL of the device service, as a person accepted it: `http://192.168.1.20/onvif/device_service`. */
  readonly address: string;
  readonly user?: string;
  readonly password?: string;
  /** How long the camera may take for any answer but a held pull. Default 5000. */
  readonly timeoutMs?: number;
  /** For times in sentences: local time minus UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
  /** The gateway sets the camera's clock when it is off and the camera has no time server of its own. Default false. */
  readonly setClock?: boolean;
  /** The camera is told to publish its events there by itself. */
  readonly eventBroker?: EventBrokerOptions;
}

/** A broker that a camera publishes to, and the log-in it has there. */
export interface EventBrokerOptions {
  /** `mqtt://192.168.8.2:1883`, as the camera reaches it. */
  readonly address: string;
  readonly topicPrefix: string;
  readonly user: string;
  readonly password: string;
}

/** A port that devices post to. */
export interface PushOptions {
  readonly protocol: 'http-push';
  readonly host: string;
  readonly port: number;
  /** PEM files: with them the port speaks HTTPS alone. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Larger messages are refused; pictures may have 4 MB. Default 65 536. */
  readonly maxBytes?: number;
  /** For device times without an offset: local time minus UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
}

/** A camera or recorder that tells events in a stream of its maker's own over HTTP. */
export interface HttpStreamOptions {
  readonly protocol: 'http-stream';
  /** Its address alone: `http://192.168.1.20` or with a port. */
  readonly address: string;
  readonly user?: string;
  readonly password?: string;
  /** How long it may take to begin an answer. Default 5000. */
  readonly timeoutMs?: number;
  /** Port of its video. Default 554. */
  readonly rtspPort?: number;
  /** For times in sentences: local time minus UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
}

/** Which of the channels behind one address a device is. */
export interface CameraChannel {
  /** A number, or for ONVIF a profile or video-source token. Absent: there is one only, or the first. */
  readonly channel?: number | string;
}
