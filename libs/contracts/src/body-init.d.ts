// The generated client names what the browser's library declares and Node's types leave out.
type BodyInit = NonNullable<RequestInit['body']>;
